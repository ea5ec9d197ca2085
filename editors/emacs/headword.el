;;; headword.el --- Doc pages and symbols of the Headword index  -*- lexical-binding: t -*-

;; Copyright (c) 2026 The Headword authors

;; Author: The Headword authors
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1") (eglot "1.9"))
;; Keywords: languages, docs, tools
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; Headword keeps a live keyword index of Python repositories.  This package
;; tells Eglot to start its language server:
;;
;;     (require 'headword)
;;     (headword-setup)
;;     (add-hook 'python-mode-hook #'eglot-ensure)
;;
;; Hover cards then come through ElDoc, definitions and symbols through Xref,
;; the outline through Imenu, syntax errors through Flymake.  The package adds
;; the commands `headword-generate-page', `headword-generate-keywords',
;; `headword-preview-page', `headword-find' and `headword-coverage'.
;;
;; With lsp-mode the server starts too; the commands are for Eglot.

;;; Code:

(require 'compile)
(require 'eglot)
(require 'seq)
(require 'subr-x)
(require 'xref)

(defgroup headword nil
  "Doc pages and symbols of the Headword index."
  :group 'tools
  :prefix "headword-")

(defcustom headword-command '("headword" "lsp")
  "The program that serves the index, and its arguments."
  :type '(repeat string))

;; Eglot 1.16 made these public and renamed them.
(defalias 'headword--uri-to-path
  (if (fboundp 'eglot-uri-to-path) 'eglot-uri-to-path 'eglot--uri-to-path))
(defalias 'headword--range-region
  (if (fboundp 'eglot-range-region) 'eglot-range-region 'eglot--range-region))
(defvar eglot-confirm-server-edits)     ; since Eglot 1.16

(defun headword--file-name (uri)
  "Return the file name of URI; Eglot's own may be the bytes of it."
  (let ((path (headword--uri-to-path uri)))
    (if (multibyte-string-p path)
        path
      (decode-coding-string path 'utf-8))))

(defun headword--contact (&rest _)
  "Return the server's command for Eglot."
  headword-command)

;;;###autoload
(defun headword-setup ()
  "Let Eglot start Headword for Python, in place of other servers."
  (add-to-list 'eglot-server-programs
               '((python-mode (python-ts-mode :language-id "python"))
                 . headword--contact)))

(defun headword--server ()
  "Return the server of the current buffer, or signal an error."
  (or (eglot-current-server)
      (user-error "No server runs for this buffer; try `M-x eglot'")))

;;; Pages

(defun headword--page-edit (kind)
  "Return the workspace edit of the code action of KIND for this buffer."
  (let* ((server (headword--server))
         (action (or (car (eglot-code-actions (point-min) (point-min) kind))
                     (user-error "No page belongs to this file"))))
    (or (plist-get action :edit)
        (plist-get (jsonrpc-request server :codeAction/resolve action)
                   :edit))))

(defun headword--edited-files (edit)
  "Return the names of the files in the workspace EDIT."
  (mapcar (lambda (change)
            (headword--file-name
             (plist-get (plist-get change :textDocument) :uri)))
          (seq-filter (lambda (change) (plist-get change :textDocument))
                      (plist-get edit :documentChanges))))

(defun headword--generate (kind)
  "Generate, save and show the page of code actions of KIND."
  (let* ((edit (headword--page-edit kind))
         (buffers (mapcar #'find-file-noselect (headword--edited-files edit)))
         (eglot-confirm-server-edits nil))
    (if (null buffers)
        (message "The page is up to date")
      (eglot--apply-workspace-edit edit nil)
      (dolist (buffer buffers)
        (with-current-buffer buffer
          (save-buffer))
        (display-buffer buffer)))))

;;;###autoload
(defun headword-generate-page ()
  "Generate the doc page of the current file, save it and show it."
  (interactive)
  (headword--generate "source.headword.page"))

;;;###autoload
(defun headword-generate-keywords ()
  "Generate the keyword page of the current file, save it and show it."
  (interactive)
  (headword--generate "source.headword.keywords"))

;;; Preview

(defvar-local headword--preview-timer nil
  "The timer of the next preview of this buffer.")

(defun headword--page-text ()
  "Return the text that the doc page of this buffer should have."
  (let* ((edit (headword--page-edit "source.headword.page"))
         (change (car (last (append (plist-get edit :documentChanges) nil)))))
    (and change
         (plist-get (aref (vconcat (plist-get change :edits)) 0) :newText))))

(defun headword--preview-name ()
  "Return the name of the preview of the current buffer."
  (format "*headword %s*" (buffer-name)))

(defun headword--preview-fill ()
  "Put the page of this buffer into its preview; return the preview."
  (let ((text (headword--page-text))
        (preview (get-buffer-create (headword--preview-name))))
    (with-current-buffer preview
      (when text
        (let ((inhibit-read-only t)
              (place (point)))
          (erase-buffer)
          (insert text)
          (goto-char (min place (point-max)))))
      (unless (derived-mode-p 'special-mode)
        (special-mode)))
    preview))

(defun headword--preview-update (buffer)
  "Render the preview of BUFFER anew, if both are still there."
  (when (buffer-live-p buffer)
    (with-current-buffer buffer
      (when (and (get-buffer (headword--preview-name)) (eglot-current-server))
        (headword--preview-fill)))))

(defun headword--preview-later (&rest _)
  "Render the preview of this buffer anew when Emacs is idle, or end it."
  (when headword--preview-timer
    (cancel-timer headword--preview-timer))
  (if (get-buffer (headword--preview-name))
      (setq headword--preview-timer
            (run-with-idle-timer 0.5 nil #'headword--preview-update
                                 (current-buffer)))
    (remove-hook 'after-change-functions #'headword--preview-later t)))

;;;###autoload
(defun headword-preview-page ()
  "Show the doc page of the current buffer beside it, as it is now.
The preview follows what is typed, until its buffer is killed.  No
file is changed."
  (interactive)
  (display-buffer (headword--preview-fill))
  (add-hook 'after-change-functions #'headword--preview-later nil t))

;;; Coverage

;;;###autoload
(defun headword-coverage ()
  "List the definitions of the project that have no docstring.
This takes the files as they are saved, and needs no server."
  (interactive)
  (let ((default-directory (headword--root)))
    (compilation-start
     (mapconcat #'shell-quote-argument
                (list (car headword-command) "coverage" "--missing") " ")
     nil (lambda (_) "*headword coverage*"))))

;;; lsp-mode

(declare-function lsp-register-client "ext:lsp-mode")
(declare-function lsp-stdio-connection "ext:lsp-mode")
(declare-function make-lsp-client "ext:lsp-mode")

(with-eval-after-load 'lsp-mode
  (lsp-register-client
   (make-lsp-client :new-connection
                    (lsp-stdio-connection (lambda () headword-command))
                    :activation-fn
                    (lambda (_file mode)
                      (memq mode '(python-mode python-ts-mode)))
                    :server-id 'headword
                    :add-on? t)))

;;; Symbols

(defun headword--candidate (symbol)
  "Return (TEXT . SYMBOL) with a TEXT that no namesake of SYMBOL has."
  (let* ((location (plist-get symbol :location))
         (path (headword--file-name (plist-get location :uri)))
         (start (plist-get (plist-get location :range) :start)))
    (cons (format "%s  %s:%d" (plist-get symbol :name)
                  (file-relative-name path (headword--root))
                  (1+ (plist-get start :line)))
          symbol)))

(defun headword--root ()
  "Return the folder that file names are shown relative to."
  (if-let ((project (project-current)))
      (project-root project)
    default-directory))

(defun headword--annotate (symbol)
  "Return what SYMBOL is and where it belongs."
  (let ((kind (alist-get (plist-get symbol :kind) eglot--symbol-kind-names))
        (home (plist-get symbol :containerName)))
    (concat "  " (downcase (or kind "symbol")) (and home (concat " in " home)))))

(defun headword--choose (symbols)
  "Let the user choose one of SYMBOLS."
  (let* ((candidates (mapcar #'headword--candidate symbols))
         (completion-extra-properties
          (list :annotation-function
                (lambda (text)
                  (headword--annotate (cdr (assoc text candidates)))))))
    (cdr (assoc (completing-read "Symbol: " candidates nil t) candidates))))

(defun headword--visit (symbol)
  "Go to SYMBOL; `xref-pop-marker-stack' comes back."
  (let ((location (plist-get symbol :location)))
    (xref-push-marker-stack)
    (find-file (headword--file-name (plist-get location :uri)))
    (widen)
    (goto-char (car (headword--range-region (plist-get location :range))))))

(defun headword--read-query ()
  "Ask for a symbol, offering the one at point."
  (let ((default (thing-at-point 'symbol t)))
    (read-string (format-prompt "Find symbol" default) nil nil default)))

;;;###autoload
(defun headword-find (query)
  "Go to the symbol of the workspace that matches QUERY.
Where several match, ask which."
  (interactive (list (headword--read-query)))
  (let ((symbols (append (jsonrpc-request (headword--server) :workspace/symbol
                                          (list :query query))
                         nil)))
    (unless symbols
      (user-error "Nothing matches %s" query))
    (headword--visit (if (cdr symbols)
                         (headword--choose symbols)
                       (car symbols)))))

(provide 'headword)
;;; headword.el ends here
