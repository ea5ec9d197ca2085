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
;; `headword-generate-folder', `headword-generate-workspace',
;; `headword-preview-page', `headword-find', `headword-index' and
;; `headword-coverage'.
;;
;; Eglot runs one server per buffer.  Where that is another one, or none, the
;; commands work all the same: without `headword-setup' they start a server of
;; their own for the project.
;;
;; With lsp-mode, instead of `headword-setup':
;;
;;     (with-eval-after-load 'lsp-mode (headword-setup-lsp-mode))

;;; Code:

(require 'compile)
(require 'eglot)
(require 'jsonrpc)
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
(defalias 'headword--path-to-uri
  (if (fboundp 'eglot-path-to-uri) 'eglot-path-to-uri 'eglot--path-to-uri))
(defalias 'headword--range-region
  (if (fboundp 'eglot-range-region) 'eglot-range-region 'eglot--range-region))

(defun headword--decode (path)
  "Return PATH with bytes of UTF-8 in it as the characters they stand for."
  (decode-coding-string (encode-coding-string path 'utf-8-emacs) 'utf-8-emacs))

(defun headword--file-name (uri)
  "Return the file name of URI; an older Eglot's may be the bytes of it."
  (headword--decode (headword--uri-to-path uri)))

(defun headword--contact (&rest _)
  "Return the server's command for Eglot."
  headword-command)

;;;###autoload
(defun headword-setup (&rest modes)
  "Let Eglot start Headword for MODES, in place of other servers.
By default these are Python's.  `eglot-server-programs' says what a
mode may be."
  ;; Eglot leaves names that are not ASCII as bytes, and finds no buffers of
  ;; such files.
  (advice-add (symbol-function 'headword--uri-to-path)
              :filter-return #'headword--decode)
  (add-to-list 'eglot-server-programs
               (cons (or modes
                         '(python-mode (python-ts-mode :language-id "python")))
                     #'headword--contact)))

;;; Settings

(defun headword--settings ()
  "Return the settings in `eglot-workspace-configuration', a plist."
  (let ((all (if (functionp eglot-workspace-configuration)
                 (funcall eglot-workspace-configuration (eglot-current-server))
               eglot-workspace-configuration)))
    (if (keywordp (car-safe all))
        (plist-get all :headword)
      (alist-get :headword all))))

(defun headword--settings-options ()
  "Return the settings as options of the program.
\(:pages (:out \"docs\")) is \"--set=pages.out=docs\"."
  (let ((todo (list (cons "" (headword--settings))))
        (options nil))
    (while todo
      (pcase-let ((`(,prefix . ,settings) (pop todo)))
        (while settings
          (let ((name (concat prefix (substring (symbol-name (pop settings)) 1)))
                (value (pop settings)))
            (cond ((keywordp (car-safe value))
                   (push (cons (concat name ".") value) todo))
                  (value
                   (push (format "--set=%s=%s" name
                                 (pcase value
                                   ('t "true")
                                   (:json-false "false")
                                   (_ value)))
                         options)))))))
    options))

;;; Servers

(defvar headword--own-servers nil
  "Alist of project roots and the servers that were started for commands.")

(defun headword--root ()
  "Return the root of the project, else the folder."
  (if-let ((project (project-current)))
      (project-root project)
    default-directory))

(defun headword--start (root)
  "Return a server for ROOT that Eglot knows nothing of."
  (let* ((default-directory root)
         (server (make-instance
                  'jsonrpc-process-connection
                  :name "headword"
                  :process (lambda ()
                             (make-process :name "headword"
                                           :command headword-command
                                           :connection-type 'pipe
                                           :coding 'utf-8-emacs-unix
                                           :noquery t
                                           :stderr (get-buffer-create
                                                    " *headword stderr*"))))))
    (jsonrpc-request server :initialize
                     (list :processId (emacs-pid)
                           :rootUri (headword--path-to-uri
                                     (expand-file-name root))
                           :initializationOptions
                           (or (headword--settings) (make-hash-table))
                           :capabilities
                           '(:workspace
                             (:workspaceEdit (:documentChanges t))
                             :textDocument
                             (:codeAction
                              (:codeActionLiteralSupport
                               (:codeActionKind (:valueSet [])))))))
    (jsonrpc-notify server :initialized (make-hash-table))
    server))

(defun headword--own-server ()
  "Return the server of this project that Eglot knows nothing of."
  (let* ((root (headword--root))
         (known (alist-get root headword--own-servers nil nil #'equal)))
    (if (and known (jsonrpc-running-p known))
        known
      (setf (alist-get root headword--own-servers nil nil #'equal)
            (headword--start root)))))

(defun headword--eglot-server ()
  "Return the server of this buffer if that is Headword."
  (let ((server (eglot-current-server)))
    (and server
         (equal (plist-get (eglot--server-info server) :name) "Headword")
         server)))

(defun headword--request (server method params)
  "Return the answer of SERVER to METHOD with PARAMS, or signal its error."
  (condition-case failure
      (jsonrpc-request server method params)
    (jsonrpc-error
     (user-error "Headword: %s"
                 (or (alist-get 'jsonrpc-error-message (cddr failure))
                     (cadr failure))))))

(defun headword--uri ()
  "Return the URI of this buffer's file."
  (headword--path-to-uri (or buffer-file-name
                             (user-error "This buffer has no file"))))

(defun headword--ask (method params)
  "Return what the server answers to METHOD with PARAMS.
One that does not follow this buffer is shown it for that time."
  (if-let ((server (headword--eglot-server)))
      (progn
        (eglot--signal-textDocument/didChange)
        (headword--request server method params))
    (let* ((server (headword--own-server))
           (uri (and buffer-file-name (headword--uri)))
           (document (list :uri uri :languageId "python" :version 0
                           :text (save-restriction
                                   (widen)
                                   (buffer-substring-no-properties
                                    (point-min) (point-max))))))
      (if (not (and uri (buffer-modified-p)))
          (headword--request server method params)
        (jsonrpc-notify server :textDocument/didOpen
                        (list :textDocument document))
        (unwind-protect (headword--request server method params)
          (jsonrpc-notify server :textDocument/didClose
                          (list :textDocument (list :uri uri))))))))

;;; Pages

(defun headword--replace (text)
  "Put TEXT in place of all text of the buffer, and save it."
  (let ((inhibit-read-only t))
    (save-restriction
      (widen)
      (erase-buffer)
      (insert text)))
  (save-buffer))

(defun headword--generate (command)
  "Generate, save and show the page that COMMAND of the server is for."
  (let* ((action (headword--ask :codeAction/resolve
                                (list :title command
                                      :data (list :command command
                                                  :uri (headword--uri)))))
         (changes (plist-get (plist-get action :edit) :documentChanges))
         (page (find-file-noselect
                (headword--file-name
                 (plist-get (plist-get action :data) :page)))))
    (seq-doseq (change changes)
      (with-current-buffer page
        (headword--replace
         (plist-get (elt (plist-get change :edits) 0) :newText))))
    (display-buffer page)
    (when (seq-empty-p changes)
      (message "The page is up to date"))))

;;;###autoload
(defun headword-generate-page ()
  "Generate the doc page of the current file, save it and show it."
  (interactive)
  (headword--generate "headword.generatePage"))

;;;###autoload
(defun headword-generate-keywords ()
  "Generate the keyword page of the current file, save it and show it."
  (interactive)
  (headword--generate "headword.generateKeywords"))

(defun headword--run (subcommand &rest arguments)
  "Run SUBCOMMAND of the program with ARGUMENTS at the project's root."
  (let ((default-directory (headword--root)))
    (compilation-start
     (mapconcat #'shell-quote-argument
                `(,(car headword-command) ,subcommand
                  ,@(headword--settings-options) ,@arguments)
                " ")
     nil (lambda (_) (format "*headword %s*" subcommand)))))

;;;###autoload
(defun headword-generate-folder (folder)
  "Generate the pages of all files below FOLDER, as they are saved."
  (interactive "DGenerate the pages below: ")
  (headword--run "pages" "--" (expand-file-name folder)))

;;;###autoload
(defun headword-generate-workspace ()
  "Generate all pages of the project, from the files as they are saved."
  (interactive)
  (headword--run "pages"))

;;; Preview

(defvar-local headword--preview-timer nil
  "The timer of the next preview of this buffer.")

(defun headword--page-text ()
  "Return the text that the doc page of this buffer should have."
  (let ((uri (concat (replace-regexp-in-string "\\`file:" "headword:"
                                               (headword--uri))
                     "_docs.md")))
    (plist-get (headword--ask :workspace/textDocumentContent (list :uri uri))
               :text)))

(defun headword--preview-name ()
  "Return the name of the preview of the current buffer."
  (format "*headword %s*" (buffer-name)))

(defun headword--preview-fill ()
  "Put the page of this buffer into its preview; return the preview."
  (let ((text (headword--page-text))
        (preview (get-buffer-create (headword--preview-name))))
    (with-current-buffer preview
      (let ((inhibit-read-only t)
            (place (point)))
        (erase-buffer)
        (insert text)
        (goto-char (min place (point-max))))
      (unless (derived-mode-p 'special-mode)
        (special-mode)))
    preview))

(defun headword--preview-update (buffer)
  "Render the preview of BUFFER anew, if both are still there."
  (when (buffer-live-p buffer)
    (with-current-buffer buffer
      (when (get-buffer (headword--preview-name))
        (with-demoted-errors "%S"
          (headword--preview-fill))))))

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
  (headword--run "coverage" "--missing"))

;;; lsp-mode

(declare-function lsp-register-client "ext:lsp-mode")
(declare-function lsp-stdio-connection "ext:lsp-mode")
(declare-function make-lsp-client "ext:lsp-mode")

;;;###autoload
(defun headword-setup-lsp-mode ()
  "Let lsp-mode start Headword for Python, beside other servers.
Settings are taken from `eglot-workspace-configuration' here, too."
  (require 'lsp-mode)
  (lsp-register-client
   (make-lsp-client :new-connection
                    (lsp-stdio-connection (lambda () headword-command))
                    :activation-fn
                    (lambda (_file mode)
                      (memq mode '(python-mode python-ts-mode)))
                    :initialization-options
                    (lambda ()
                      ;; Before version 9 it does not say that it counts
                      ;; characters.
                      `(:positionEncoding "utf-32" ,@(headword--settings)))
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

(defun headword--visit-one-of (symbols query)
  "Go to one of SYMBOLS, which QUERY was answered with; ask which."
  (when (seq-empty-p symbols)
    (user-error "Nothing matches %s" query))
  (headword--visit (if (= (length symbols) 1)
                       (elt symbols 0)
                     (headword--choose symbols))))

(defun headword--read-query ()
  "Ask for a symbol, offering the one at point."
  (let ((default (thing-at-point 'symbol t)))
    (read-string (format-prompt "Find symbol" default) nil nil default)))

;;;###autoload
(defun headword-find (query)
  "Go to the symbol of the workspace that matches QUERY.
Where several match, ask which."
  (interactive (list (headword--read-query)))
  (headword--visit-one-of (headword--ask :workspace/symbol (list :query query))
                          query))

;;;###autoload
(defun headword-index (keyword)
  "Go to a place of KEYWORD, a name from the project's own code.
Interactively, complete it among all of them."
  (interactive
   (list (completing-read "Keyword: "
                          (append (headword--ask :headword/keywords nil) nil)
                          nil t)))
  (headword--visit-one-of (headword--ask :headword/places (list :name keyword))
                          keyword))

(provide 'headword)
;;; headword.el ends here
